/** Checks of sources and settings of the build: what the capabilities name is drawn, and everything else is refused. */
import { buildSettings } from '@cdkpipe/core';
import { settingSamples, sourceSamples, takesSource } from '../backend/samples.ts';
import { smallDefinition } from '../backend/whole-definition.ts';
import type { Finding } from '../check/check.ts';
import type { BackendCheck } from './backend-check.ts';
import { judge } from './judge-drawing.ts';

export const sourcesCheck: BackendCheck = {
  id: 'CB106',
  title:
    'each source and trigger that the capabilities name is drawn, and any other is refused with its place and a fix',
  why: 'a pipeline that nothing starts, or that starts without being asked, is noticed late',
  fix: 'draw what starts a run, or leave the type or the trigger out of capabilities().sources',
  async run(opened) {
    const found: Finding[] = [];
    for (const sample of sourceSamples) {
      const about = `a source of type ${sample.type} with the trigger ${sample.trigger}`;
      const drawing = await opened.draw(smallDefinition({ base: { ...opened.base, source: sample.source } }));
      found.push(...judge(drawing, about, takesSource(opened.capabilities, sample)));
    }
    return found;
  },
};

export const settingsCheck: BackendCheck = {
  id: 'CB107',
  title:
    'each setting of the build that the capabilities name is drawn, and any other is refused with its place and a fix',
  why: 'a build in the wrong network, or without the rights that it was given, fails where nobody looks for the reason',
  fix: 'honour the setting, or leave it out of capabilities().buildSettings',
  async run(opened) {
    const { honoured, unused = [] } = opened.capabilities.buildSettings;
    const named = buildSettings.filter((setting) => [...honoured, ...unused].includes(setting));
    const draw = (settings: readonly (typeof named)[number][]) =>
      opened.draw(
        smallDefinition({
          base: opened.base,
          build: Object.fromEntries(settings.map((setting) => [setting, settingSamples[setting]])),
        }),
      );
    const found = judge(await draw(named), `the settings ${named.join(', ')}`, true);
    for (const setting of buildSettings)
      if (!named.includes(setting)) found.push(...judge(await draw([setting]), `the setting ${setting}`, false));
    return found;
  },
};
