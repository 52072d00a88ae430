/** The environment that commands get: what a machine needs to find its programs, and nothing of this shell's. */

const kept = [
  'PATH',
  'HOME',
  'USER',
  'LOGNAME',
  'SHELL',
  'LANG',
  'LC_ALL',
  'LC_CTYPE',
  'TZ',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
  'http_proxy',
  'https_proxy',
  'no_proxy',
  'NODE_EXTRA_CA_CERTS',
  'SSL_CERT_FILE',
] as const;

/**
 * No credentials of AWS are among them, nor settings of npm or node that the shell happens to have.
 *
 * @param tmp directory for temporary files
 */
export function cleanEnvironment(
  outer: NodeJS.ProcessEnv,
  tmp: string,
  own: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const inherited = kept.flatMap((name) => (outer[name] === undefined ? [] : [[name, outer[name]] as const]));
  return { ...Object.fromEntries(inherited), CI: 'true', TMPDIR: tmp, ...own };
}
