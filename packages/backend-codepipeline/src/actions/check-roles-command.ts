/** The command with which the update tries the roles it needs, before it deploys any stack with resources of the pipeline. */

/** An entry of the file that the command reads. */
export interface CheckedEnvironment {
  readonly account: string;
  readonly region: string;
  /** Absent for the CDK's default. */
  readonly qualifier?: string;
  /** Names of roles. */
  readonly roles: readonly string[];
}

// Contains no single quote, as the shell gets it between two of them. IAM evaluates the policies of a role for each
// request, also of a session that exists, but "it might take a few minutes for policy updates to take effect"
// (https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_disable-perms.html). The cdk command
// does not try a refused role again, so this one does. The credentials it gets are dropped: only the ARN is printed.
const script = (seconds: number, pause: number) => `
const { execFile } = require("node:child_process");
const { CDKPIPE_ROLES, CDKPIPE_ACCOUNT, CDKPIPE_PARTITION } = process.env;
const environments = JSON.parse(require("node:fs").readFileSync(CDKPIPE_ROLES, "utf8"));
const roles = environments.flatMap((env) => env.roles.map((name) => ({ env, arn: "arn:" + CDKPIPE_PARTITION + ":iam::" + env.account + ":role/" + name })));
const end = Date.now() + ${seconds * 1000};
const assume = (arn) => new Promise((resolve) => execFile("aws", ["sts", "assume-role", "--role-arn", arn, "--role-session-name", "cdkpipe-check",
  "--duration-seconds", "900", "--query", "AssumedRoleUser.Arn", "--output", "text"],
  { env: { AWS_RETRY_MODE: "adaptive", ...process.env } }, (error, out, text) => resolve(error && (error.code === "ENOENT" ? "ENOENT" : text.trim() || error.message))));
const refused = [];
const attempt = async ({ env, arn }) => {
  for (let tries = 1; ; tries++) {
    const reason = await assume(arn);
    if (!reason) return;
    if (reason === "ENOENT") throw reason;
    if (Date.now() >= end) return void refused.push({ env, arn, reason });
    if (tries === 1) console.log("cdkpipe: waiting until " + arn + " can be assumed");
    await new Promise((resolve) => setTimeout(resolve, ${pause * 1000} * Math.min(tries, 5) * (0.5 + Math.random())));
  }
};
const work = async () => { for (let next = roles.shift(); next; next = roles.shift()) await attempt(next); };
Promise.all([work(), work(), work(), work()]).then(() => {
  if (refused.length === 0) return;
  console.error("cdkpipe: the pipeline is not updated: it needs roles that its update cannot assume. No stack with resources of the pipeline was changed.");
  for (const { env, arn, reason } of refused) console.error("cdkpipe: " + env.account + "/" + env.region + ": " + arn + ": " + reason.split(/\\s*[\\r\\n]+\\s*/).join(" "));
  console.error("cdkpipe: run with credentials of each account, then retry this stage:");
  for (const env of environments.filter((each) => refused.some((role) => role.env === each)))
    console.error("  npx cdk bootstrap aws://" + env.account + "/" + env.region + (env.qualifier ? " --qualifier " + env.qualifier : "")
      + (env.account === CDKPIPE_ACCOUNT ? "" : " --trust " + CDKPIPE_ACCOUNT + " --cloudformation-execution-policies arn:" + CDKPIPE_PARTITION + ":iam::aws:policy/AdministratorAccess"));
  if (refused.some(({ env }) => env.account !== CDKPIPE_ACCOUNT))
    console.error("cdkpipe: --trust and --cloudformation-execution-policies replace what the account has today: name the accounts and policies that are to stay as well.");
  process.exitCode = 1;
}, () => console.log("cdkpipe: the image has no aws command, so the roles are not tried before the update"));
`;

/**
 * @param seconds for how long a refused role is tried again
 * @param pause seconds between the first two attempts; later pauses are longer, and each varies
 */
export function checkRolesCommand(seconds = 300, pause = 3): string {
  return `node -e '${script(seconds, pause)}'`;
}
