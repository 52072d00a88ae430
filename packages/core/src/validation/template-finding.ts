/** The values that go into the template validator and come out of it. */

export interface TemplateToCheck {
  /** Names the template in findings, for example its path in the assembly. */
  readonly name: string;
  /** The template as JSON. */
  readonly text: string;
  readonly account?: string;
  readonly region?: string;
  /** Name of the deployment, so that another deployment's copy of the same stack need not be checked again. */
  readonly deployment?: string;
  /** Rules that the author has acknowledged; without `resource` they hold for the whole template. */
  readonly acknowledged?: readonly { readonly rule: string; readonly resource?: string }[];
}

/** What a rule of the validator says of a template. */
export interface RuleFinding {
  readonly severity: 'error' | 'warning';
  readonly rule: string;
  readonly message: string;
  /** Logical ID of the resource. */
  readonly resource?: string;
  /** Place in the resource, or in the template where no resource is named. */
  readonly path?: string;
  /** What the validator suggests. */
  readonly fix?: string;
}

export interface TemplateFinding extends RuleFinding {
  readonly template: string;
  /** Path of the construct that made the resource, where the template tells. */
  readonly construct?: string;
}
