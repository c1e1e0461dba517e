export declare function whyNotReady(root?: string, version?: string): string | undefined;
