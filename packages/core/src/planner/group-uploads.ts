/** Groups the uploads of a wave by the publisher that carries them out. */
import type { StackAsset } from '../contracts/assembly.ts';
import type { BackendCapabilities } from '../contracts/capabilities.ts';
import type { Architecture } from '../model/architecture.ts';
import { type Environment, environmentName } from '../model/environment.ts';
import { readPlatform } from './image-platform.ts';

export interface Upload {
  readonly asset: StackAsset;
  readonly manifest: string;
  readonly env: Environment;
}

export interface UploadGroup {
  readonly env: Environment;
  /** What tells the publishers of one environment apart; empty where there is one. */
  readonly suffix: readonly string[];
  /** The machine that its images need, where they need a certain one. */
  readonly architecture?: Architecture;
  /** By the keys of the uploads. */
  readonly uploads: ReadonlyMap<string, Upload>;
}

/** The machine that an upload needs; `any` for files, `own` for images that name no platform. */
type Machine = Architecture | 'any' | 'own';

/** Groups in the order of their first uploads. */
export function groupUploads(
  uploads: ReadonlyMap<string, Upload>,
  { publish = 'together', imageArchitectures }: BackendCapabilities,
): UploadGroup[] {
  const machineOf = ({ asset: { type, platform } }: Upload): Machine => {
    if (type === 'file' || imageArchitectures === undefined) return 'any';
    const read = readPlatform(platform);
    return ('architecture' in read ? read.architecture : undefined) ?? 'own';
  };
  return publish === 'each'
    ? eachOnItsOwn(uploads, machineOf)
    : byEnvironment(uploads, machineOf, imageArchitectures?.[0]);
}

/** Assets on their own are counted rather than named by their hash, so that the pipeline stays when their content changes. */
function eachOnItsOwn(uploads: ReadonlyMap<string, Upload>, machineOf: (upload: Upload) => Machine): UploadGroup[] {
  const counts = new Map<string, number>();
  return [...uploads].map(([key, upload]) => {
    const { env, asset } = upload;
    const counted = `${environmentName(env)} ${asset.type}`;
    const count = (counts.get(counted) ?? 0) + 1;
    counts.set(counted, count);
    const suffix = [`${asset.type === 'image' ? 'Image' : 'File'}${count}`];
    return { env, suffix, ...architectureOf([machineOf(upload)]), uploads: new Map([[key, upload]]) };
  });
}

/**
 * Files go with the images of their environment, with those of the default architecture where there are some; so they take
 * no publisher of their own. Publishers of other architectures have those in their names.
 */
function byEnvironment(
  uploads: ReadonlyMap<string, Upload>,
  machineOf: (upload: Upload) => Machine,
  usual: Architecture | undefined,
): UploadGroup[] {
  const slotOf = (machine: Machine) => (machine === 'any' || machine === 'own' || machine === usual ? '' : machine);
  const slotsOfImages = new Map<string, string[]>();
  for (const upload of uploads.values()) {
    const place = environmentName(upload.env);
    const machine = machineOf(upload);
    if (machine !== 'any') slotsOfImages.set(place, [...(slotsOfImages.get(place) ?? []), slotOf(machine)]);
  }
  const slotOfFiles = (place: string) => {
    const slots = slotsOfImages.get(place) ?? [];
    return slots.includes('') ? '' : (slots[0] ?? '');
  };
  const groups = new Map<string, { env: Environment; suffix: string[]; uploads: Map<string, Upload> }>();
  for (const [key, upload] of uploads) {
    const place = environmentName(upload.env);
    const machine = machineOf(upload);
    const slot = machine === 'any' ? slotOfFiles(place) : slotOf(machine);
    const name = `${place}/${slot}`;
    const group = groups.get(name) ?? { env: upload.env, suffix: slot === '' ? [] : [slot], uploads: new Map() };
    group.uploads.set(key, upload);
    groups.set(name, group);
  }
  return [...groups.values()].map((group) => ({
    ...group,
    ...architectureOf([...group.uploads.values()].map(machineOf)),
  }));
}

function architectureOf(machines: readonly Machine[]): Pick<UploadGroup, 'architecture'> {
  const architecture = machines.find((machine) => machine !== 'any' && machine !== 'own');
  return architecture === undefined ? {} : { architecture };
}
