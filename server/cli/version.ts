/** The version of the package, put in when it is bundled. */
import manifest from '../../package.json' with { type: 'json' };

export const version = manifest.version;
