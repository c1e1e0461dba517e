import { startCloudProcess } from "../cloud-process.ts";
import type { Measured } from "../figure.ts";

/** From `npm run cloud` to the line that says that the stack is deployed and served. */
export async function measureStart(directory: string): Promise<Measured[]> {
  const cloud = await startCloudProcess(directory);
  await cloud.stop();
  return [
    {
      name: "npm run cloud, ready",
      unit: "s",
      value: cloud.readyAfterMs / 1000,
      target: { atMost: 2 },
    },
  ];
}
