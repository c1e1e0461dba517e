import { createCredentials, type Credentials, accountIdOfKey } from "../../iam/access-key.ts";

/** A session of a role: what temporary credentials stand for. */
export interface RoleSession {
  readonly roleArn: string;
  readonly sessionName: string;
  /** Such as `arn:aws:sts::000000000000:assumed-role/writer/writer-1`. */
  readonly sessionArn: string;
}

export interface SessionStore {
  /**
   * New credentials of a role's session. They hold until they are revoked, or for `durationSeconds`.
   */
  issueCredentials(
    roleArn: string,
    sessionName: string,
    durationSeconds?: number,
  ): Credentials & { readonly session: RoleSession };
  /** Ends credentials; calls signed with them are refused from then on. */
  revokeCredentials(accessKeyId: string): void;
  sessionOf(accessKeyId: string): RoleSession | undefined;
  roleArnOf(accessKeyId: string): string | undefined;
  /** Whether this cloud issued the key and it holds no more. */
  isEnded(accessKeyId: string): boolean;
}

interface Issued {
  readonly session: RoleSession;
  readonly expiresAtMs: number;
}

export function createSessionStore(accountId: string, now: () => number = Date.now): SessionStore {
  const issued = new Map<string, Issued>();
  const sessionOf = (accessKeyId: string): RoleSession | undefined => {
    const entry = issued.get(accessKeyId);
    if (entry && entry.expiresAtMs > now()) return entry.session;
    if (entry) issued.delete(accessKeyId);
    return undefined;
  };
  return {
    issueCredentials(roleArn, sessionName, durationSeconds = Infinity) {
      const roleName = roleArn.slice(roleArn.lastIndexOf("/") + 1);
      const sessionArn = `arn:aws:sts::${accountId}:assumed-role/${roleName}/${sessionName}`;
      const session = { roleArn, sessionName, sessionArn };
      const credentials = createCredentials(accountId);
      const expiresAtMs = now() + durationSeconds * 1000;
      issued.set(credentials.accessKeyId, { session, expiresAtMs });
      return { ...credentials, session };
    },
    revokeCredentials(accessKeyId) {
      issued.delete(accessKeyId);
    },
    sessionOf,
    roleArnOf: (accessKeyId) => sessionOf(accessKeyId)?.roleArn,
    isEnded: (accessKeyId) =>
      accessKeyId.startsWith("ASIA") &&
      accountIdOfKey(accessKeyId) === accountId &&
      sessionOf(accessKeyId) === undefined,
  };
}
