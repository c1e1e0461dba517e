export const word = "shared";
