import { common, depth, reach, selection } from './groups.ts'
import { flag } from './option.ts'

/** Options of the commands that answer drift in the manifest. */
export const keeping = {
  ...{ ...common(['text', 'json']), ...reach },
  only: selection.only,
  ...depth,
  dryRun: flag('--dry-run', 'show the change of the file without writing it'),
}
