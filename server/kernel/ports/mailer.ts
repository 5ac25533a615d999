export interface Mail {
  /** One address without a display name. */
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

export interface Mailer {
  /** Resolves once the mail server has accepted the email; throws if it does not. */
  send(mail: Mail): Promise<void>;
}
