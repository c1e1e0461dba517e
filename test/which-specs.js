// What mocha loads when it is given no spec.
process.stderr.write(
  "Give mocha the specs to run, such as npx mocha 'test/local/sqs/**/*.spec.ts'; npm test runs all that are fast.\n",
);
process.exit(3);
