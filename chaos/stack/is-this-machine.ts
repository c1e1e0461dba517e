/** Whether a host name of a URL leads to this machine, by any resolver or by LocalStack's names. */
export function isThisMachine(hostname: string): boolean {
  return /^(localhost|.*\.localhost(\.localstack\.cloud)?|127\..*|\[::1\])$/.test(hostname);
}
