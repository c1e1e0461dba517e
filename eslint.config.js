import tseslint from "typescript-eslint";

export default tseslint.config(
  {
    ignores: [
      ...["node_modules/**", "reports/**", "dist/**", "**/*.js", "**/*.cjs"],
      "templates/**",
      // Programs as others write them.
      "test/local/deploy/programs/ordinary/**",
    ],
  },
  ...tseslint.configs.strict,
  ...tseslint.configs.stylistic,
  {
    files: ["**/*.ts"],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": [
        "error",
        { checksVoidReturn: { arguments: false } },
      ],
      "@typescript-eslint/await-thenable": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-non-null-assertion": "error",
      "max-lines": ["error", { max: 300 }],
      eqeqeq: "error",
    },
  },
  {
    files: ["test/**/*.ts", "chaos/**/*.spec.ts"],
    rules: {
      "@typescript-eslint/no-unused-expressions": "off",
      "no-restricted-properties": [
        "error",
        ...["describe", "it", "context"].flatMap((object) => [
          { object, property: "only", message: "A focused test hides the others." },
          { object, property: "skip", message: "Say in the test why it cannot run here." },
        ]),
      ],
    },
  },
);
