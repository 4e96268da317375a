/** The extension where VS Code runs on Node. */
import { createExtension } from '../main.ts';
import { createClient } from './start.ts';

export const { activate, deactivate } = createExtension(createClient);
