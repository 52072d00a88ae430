/** What we use of npm's own libraries, which come without types. */

declare module '@npmcli/config' {
  export default class Config {
    constructor(options: {
      npmPath: string;
      definitions: unknown;
      shorthands: unknown;
      flatten: unknown;
      nerfDarts: unknown;
      argv: readonly string[];
      cwd: string;
      warn: boolean;
    });
    load(): Promise<void>;
    readonly flat: Record<string, unknown>;
    get(key: string): unknown;
  }
}

declare module '@npmcli/config/lib/definitions/index.js' {
  const known: { definitions: unknown; shorthands: unknown; flatten: unknown; nerfDarts: unknown };
  export default known;
}

declare module 'pacote' {
  namespace pacote {
    interface Manifest extends Record<string, unknown> {
      readonly name: string;
      readonly version: string;
      readonly _resolved?: string;
      readonly _integrity?: string;
    }
  }
  const pacote: {
    manifest(spec: string, options: Record<string, unknown>): Promise<pacote.Manifest>;
    extract(
      spec: string,
      target: string,
      options: Record<string, unknown>,
    ): Promise<{ from: string; resolved: string; integrity: string }>;
  };
  export default pacote;
}

declare module 'npm-registry-fetch' {
  const fetch: {
    json(url: string, options: Record<string, unknown>): Promise<Record<string, unknown>>;
    pickRegistry(spec: unknown, options: Record<string, unknown>): string;
  };
  export default fetch;
}

declare module '@npmcli/map-workspaces' {
  /** Directories of the members of a workspace, by the name of their package. */
  export default function mapWorkspaces(options: {
    cwd: string;
    pkg: { workspaces: unknown };
  }): Promise<Map<string, string>>;
}
