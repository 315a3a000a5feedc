import { sample } from '../generated/sample.ts'
import type { Source } from './source.ts'

/** The manifest, unless another is named. */
export const defaultManifest = 'sso.yaml'

/** The manifest that comes with the tool, for a rehearsal where there is none. */
export const sampleManifest: Source = { file: defaultManifest, text: sample }
