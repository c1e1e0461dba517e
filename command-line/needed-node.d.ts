export declare const neededNode: string;
export declare function isNodeNewEnough(version: string): boolean;
export declare function tooOldNode(version: string): string;
