export declare function npmOptions(env: NodeJS.ProcessEnv): string[];
export declare function keepNpmOptions(env: NodeJS.ProcessEnv): void;
