/** Sets environment variables for the tests of a suite, and puts back afterwards what was there. */
export function withEnvironment(variables: () => Readonly<Record<string, string>>): void {
  const before = new Map<string, string | undefined>();
  beforeEach(() => {
    for (const [name, value] of Object.entries(variables())) {
      before.set(name, process.env[name]);
      process.env[name] = value;
    }
  });
  afterEach(() => {
    for (const [name, value] of before)
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    before.clear();
  });
}
