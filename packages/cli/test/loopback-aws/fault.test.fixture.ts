/** An answer of AWS that says no, with its code. */
export class AwsFault extends Error {
  readonly code: string;
  readonly status: number;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/** What CloudFormation answers to nearly every fault in a request. */
export const validationError = (message: string) => new AwsFault('ValidationError', message);
