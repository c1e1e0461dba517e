/** The text in at most so many columns; what is cut off leaves an ellipsis. */
export function cut(text: string, columns: number): string {
  const characters = [...text];
  return characters.length <= columns
    ? text
    : `${characters.slice(0, Math.max(columns - 1, 0)).join("")}…`;
}
