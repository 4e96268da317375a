/** Completion that goes on: behind the key that was accepted, its values are offered at once. */

/**
 * Command of the client that asks for completion at the cursor. A client that has it names it in its initialization options:
 * `{"commands": ["editor.action.triggerSuggest"]}`. It is VS Code's own; others complete when they are asked to.
 */
export const suggestCommand = 'editor.action.triggerSuggest';
