/** Reads which architecture an image is built for from the platform that its asset names. */
import type { Architecture } from '../model/architecture.ts';

export type ImagePlatform =
  /** Without an architecture where the asset names no platform: Docker then builds for the machine that it runs on. */
  | { readonly architecture?: Architecture }
  /** Why no single machine can build it. */
  | { readonly refused: 'several' | 'unsupported' };

// The aliases, and the texts without an operating system, are those of containerd, which Docker parses platforms with:
// https://github.com/containerd/platforms
const architectures: Readonly<Record<string, Architecture>> = {
  amd64: 'x86_64',
  x86_64: 'x86_64',
  'x86-64': 'x86_64',
  arm64: 'arm64',
  aarch64: 'arm64',
};

/** Variants that every machine of the architecture runs. */
const variants: Readonly<Record<Architecture, readonly string[]>> = { x86_64: ['v1'], arm64: ['v8'] };

/** @param platform as Docker takes it, such as `linux/arm64`; several are separated by commas */
export function readPlatform(platform: string | undefined): ImagePlatform {
  if (platform === undefined) return {};
  if (platform.includes(',')) return { refused: 'several' };
  const parts = platform.trim().toLowerCase().split('/');
  if (parts.length === 1 && parts[0] === 'linux') return {};
  const [system, name = '', variant, ...more] = parts.length === 1 ? ['linux', ...parts] : parts;
  const architecture = architectures[name];
  if (system !== 'linux' || architecture === undefined || more.length > 0) return { refused: 'unsupported' };
  if (variant !== undefined && !variants[architecture].includes(variant)) return { refused: 'unsupported' };
  return { architecture };
}
