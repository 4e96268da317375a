/** The extension in a browser, where there is no Node. */
import { createExtension } from '../main.ts';
import { createClient } from './start.ts';

export const { activate, deactivate } = createExtension(createClient);
