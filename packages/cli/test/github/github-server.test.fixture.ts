/** GitHub on loopback: tokens of jobs, and what the REST API says of a run and its environments. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

export interface Environment {
  readonly id: number;
  readonly name: string;
  can_admins_bypass: boolean;
  protection_rules: { type: string; reviewers?: unknown[] }[];
}

export interface Approval {
  readonly state: 'approved' | 'rejected';
  readonly environments: readonly { readonly id: number; readonly name: string }[];
  readonly user: { readonly login: string };
}

/** A job that has ended. */
export interface EndedJob {
  readonly name: string;
  readonly completed_at: string;
}

export class GitHubServer {
  readonly environments = new Map<string, Environment>();
  readonly approvals: Approval[] = [];
  readonly jobs: EndedJob[] = [];
  /** Claims of the tokens that were issued. */
  readonly tokens: Record<string, string>[] = [];
  started = new Date();
  /** How often the token endpoint fails before it answers. */
  failures = 0;
  base = '';
  readonly #server = createServer((request, response) => this.#answer(request, response));

  /** An environment as `github:setup` makes it: with reviewers, and rules that nobody passes over. */
  protect(name: string): Environment {
    const environment: Environment = {
      id: this.environments.size + 1,
      name,
      can_admins_bypass: false,
      protection_rules: [{ type: 'required_reviewers', reviewers: [{ type: 'User' }] }],
    };
    this.environments.set(name, environment);
    return environment;
  }

  /** GitHub makes an environment that is missing, without rules, when a job names it. */
  reach(name: string): Environment {
    const known = this.environments.get(name);
    if (known !== undefined) return known;
    const made = { id: this.environments.size + 1, name, can_admins_bypass: true, protection_rules: [] };
    this.environments.set(name, made);
    return made;
  }

  async start(): Promise<void> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    this.base = `http://127.0.0.1:${address.port}`;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  /** Variables of a job with `id-token: write`. */
  tokenEnv(environment: string | undefined, ref: string): Record<string, string> {
    const query = new URLSearchParams({ ref, ...(environment === undefined ? {} : { environment }) });
    return {
      ACTIONS_ID_TOKEN_REQUEST_URL: `${this.base}/token?${query}`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'job-token',
    };
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '/', this.base);
    const found = this.#find(url, request.headers.authorization ?? '');
    response.writeHead(found.status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(found.body ?? {}));
  }

  #find(url: URL, authorization: string): { status: number; body?: unknown } {
    if (url.pathname === '/token') {
      if (authorization !== 'bearer job-token') return { status: 401 };
      if (this.failures > 0) {
        this.failures -= 1;
        return { status: 503 };
      }
      return { status: 200, body: { value: this.#issue(url.searchParams) } };
    }
    if (authorization !== 'Bearer run-token') return { status: 401 };
    const path = decodeURIComponent(url.pathname);
    const environment = /^\/repos\/acme\/shop\/environments\/(.*)$/.exec(path)?.[1];
    if (environment !== undefined) {
      const body = this.environments.get(environment);
      return body === undefined ? { status: 404 } : { status: 200, body };
    }
    const bodies: Readonly<Record<string, unknown>> = {
      '/repos/acme/shop/actions/runs/77/approvals': this.approvals,
      '/repos/acme/shop/actions/runs/77/jobs': { jobs: this.jobs },
      '/repos/acme/shop/actions/runs/77': { run_started_at: this.started.toISOString() },
    };
    return path in bodies ? { status: 200, body: bodies[path] } : { status: 404 };
  }

  /** Claims as GitHub documents them, in a token that nobody signed. */
  #issue(query: URLSearchParams): string {
    const environment = query.get('environment');
    const ref = query.get('ref') ?? '';
    const claims = {
      iss: 'https://token.actions.githubusercontent.com',
      aud: query.get('audience') ?? 'https://github.com/acme',
      sub: environment === null ? `repo:acme/shop:ref:${ref}` : `repo:acme/shop:environment:${environment}`,
      ref,
      repository_id: '456789',
      ...(environment === null ? {} : { environment }),
      exp: String(Math.floor(Date.now() / 1_000) + 300),
    };
    this.tokens.push(claims);
    return ['e30', Buffer.from(JSON.stringify(claims)).toString('base64url'), ''].join('.');
  }
}
