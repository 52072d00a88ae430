/** Keeps the CDK from replacing functions of Node.js. */

/**
 * aws-cdk-lib wraps every function of `fs` and `child_process` when its performance counters are first loaded, which may be in the
 * middle of a plugin's work, so that the plugin would be blamed for it; it does not under `NODE_ENV=test`, nor where this variable is
 * set (`initializeBuiltinProfiling` in aws-cdk-lib/core/lib/private/perf). Only the telemetry of the `cdk` command reads the counters.
 */
export function leaveBuiltins(): void {
  process.env.CDK_NO_PERF_BUILTINS ??= '1';
}
