/** The command cannot run as it was called: exit status 2, with the message and no stack. */
export class UsageError extends Error {}
