/** Something a person cannot do in Slack's own client: nothing reaches the app. */
export class UiError extends Error {
  /** What would work. */
  readonly hint: string;
  constructor(message: string, hint: string) {
    super(message);
    this.name = 'UiError';
    this.hint = hint;
  }
}
