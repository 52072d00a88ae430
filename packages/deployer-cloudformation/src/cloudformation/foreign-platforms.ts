/** Finds the images that this machine can build only where Docker emulates another architecture. */
import { type AssetManifest, DockerImageManifestEntry } from '@aws-cdk/cdk-assets-lib';

/** Names of Docker by those of Node.js; aliases are those of containerd. */
const names: Readonly<Record<string, readonly string[]>> = {
  x64: ['amd64', 'x86_64', 'x86-64'],
  arm64: ['arm64', 'aarch64'],
};

/** @returns a line for each such image, for the log: what fails then is a command of its Dockerfile ("exec format error") */
export function foreignPlatforms(manifest: AssetManifest, machine: string = process.arch): string[] {
  const native = names[machine] ?? [machine];
  return manifest.entries.flatMap((entry) => {
    const { platform } = entry instanceof DockerImageManifestEntry ? entry.source : {};
    if (platform === undefined) return [];
    const parts = platform.toLowerCase().split(/[/,]/);
    if (!platform.includes(',') && parts.some((part) => native.includes(part))) return [];
    const name = (entry as DockerImageManifestEntry).displayName(false);
    return [
      `${name} is for ${platform} and this machine is ${machine}: Docker builds it only where emulation is set up`,
    ];
  });
}
