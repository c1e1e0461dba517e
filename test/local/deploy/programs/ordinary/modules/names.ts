export enum Names {
  Queue = "jobs",
}
/** Imported below without `type`. */
export interface Settings {
  readonly seconds: number;
}
