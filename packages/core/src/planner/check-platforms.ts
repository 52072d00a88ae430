/** Finds the images that no publisher of the backend can build. */
import type { Assembly } from '../contracts/assembly.ts';
import type { BackendCapabilities } from '../contracts/capabilities.ts';
import * as words from '../errors/catalogue/planning.ts';
import type { Problem } from '../errors/problem.ts';
import type { Architecture } from '../model/architecture.ts';
import { deploymentsOf, type Pipeline } from '../model/pipeline.ts';
import { readPlatform } from './image-platform.ts';

const platforms: Readonly<Record<Architecture, string>> = { x86_64: 'linux/amd64', arm64: 'linux/arm64' };

export interface PlatformCheck {
  readonly pipeline: Pipeline;
  readonly assembly: Assembly;
  readonly backend: string;
  readonly capabilities: BackendCapabilities;
}

/** Nothing for a backend that builds for every platform on one machine; there Docker says what it cannot do. */
export function checkPlatforms(check: PlatformCheck): Problem[] {
  const { pipeline, assembly, backend, capabilities } = check;
  const { imageArchitectures } = capabilities;
  if (imageArchitectures === undefined) return [];
  const paths = new Map(deploymentsOf(pipeline).map(({ name, path }) => [name, path]));
  return assembly.deployments.flatMap(({ name, stacks }) =>
    stacks.flatMap((stack) =>
      stack.assets.flatMap(({ id: asset, platform }) => {
        if (platform === undefined) return [];
        const read = readPlatform(platform);
        const image = { path: paths.get(name) ?? '', stack: `${name}/${stack.id}`, asset, platform };
        if ('refused' in read && read.refused === 'several') return [words.imagePlatformsSeveral(image)];
        const { architecture } = 'refused' in read ? {} : read;
        if (!('refused' in read) && (architecture === undefined || imageArchitectures.includes(architecture)))
          return [];
        const supported = imageArchitectures.map((each) => platforms[each]);
        return [words.imagePlatformUnsupported(image, backend, supported)];
      }),
    ),
  );
}
