import { quietWarnings } from "../command-line/quiet-warnings.ts";
import { startAnalyzer } from "./evaluate/analyzer.ts";
import { evaluateProgram } from "./evaluate/evaluate-program.ts";
import { formatEvaluation } from "./evaluate/format-evaluation.ts";
import { readPackConfig } from "./evaluate/pack-config.ts";
import { readCliOptions, USAGE } from "./cli-options.ts";

const PACK_URL = new URL("./", import.meta.url);

async function run(): Promise<number> {
  const options = readCliOptions(process.argv.slice(2));
  if (options === undefined) {
    console.log(USAGE);
    return 0;
  }
  const { stacks, folder, programUrl, packConfigFile, json } = options;
  // Where the program may read files.
  process.chdir(folder);
  quietWarnings();
  assertHasProvider();
  const analyzer = await startAnalyzer(PACK_URL);
  try {
    const packConfig =
      packConfigFile === undefined ? {} : await readPackConfig(packConfigFile, analyzer.rules);
    const results = [];
    for (const stack of stacks) {
      const { violations } = await evaluateProgram(
        analyzer,
        { programUrl, folder, stack },
        packConfig,
      );
      results.push({ stack, violations });
    }
    const { rules } = analyzer;
    console.log(
      json
        ? JSON.stringify({ rules, stacks: results }, undefined, 2)
        : results
            .map(({ stack, violations }) => formatEvaluation(stack, rules, violations))
            .join("\n\n"),
    );
    return results.some(({ violations }) => violations.length > 0) ? 1 : 0;
  } finally {
    await analyzer.stop();
  }
}

/** @throws Error, one sentence, where the types of resources that the rules look at are missing. */
function assertHasProvider(): void {
  try {
    import.meta.resolve("@pulumi/aws");
  } catch {
    throw new Error(
      "The rules need @pulumi/aws, which a program on AWS brings, and there is none beside outage-drill: npm i @pulumi/aws.",
    );
  }
}

try {
  process.exitCode = await run();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 3;
}
