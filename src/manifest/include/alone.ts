import { isObject, type Json } from '../../model/json.ts'
import { quoted } from '../../text/quote.ts'
import { type Finding, hintOf } from '../finding.ts'
import { isJoined } from './whose.ts'

/** Finds the manifest that includes a file, as a person would name it. */
type Includer = () => Promise<string | undefined>

const undeclared = /^(?:user|group|permission-set|account)-undeclared$/

/**
 * What is found in a file that is read by itself and has no more than a file for `include`. Where it is known which manifest includes it, that
 * manifest is named, and what its other files may declare is no error here; otherwise such errors say that it may be so.
 */
export async function standingAlone(
  found: readonly Finding[],
  manifest: Json,
  includer: Includer,
): Promise<readonly Finding[]> {
  if (!isLikelyPart(manifest)) return found
  const by = await includer()
  return by === undefined
    ? found.map((one) => (undeclared.test(one.code) ? perhapsElsewhere(one) : one))
    : found.filter(({ code }) => !undeclared.test(code)).map((one) => (isWithoutHead(one) ? includedBy(by, one) : one))
}

/** True for a file that has sections, each of them one that an included file may have. */
function isLikelyPart(manifest: Json): boolean {
  if (!isObject(manifest)) return false
  const sections = Object.keys(manifest).filter((key) => key !== 'version')
  return sections.length > 0 && sections.every(isJoined)
}

function isWithoutHead({ code, path, message }: Finding): boolean {
  return code === 'key-missing' && path.length === 0 && message.endsWith('identity_center')
}

function includedBy(by: string, one: Finding): Finding {
  const message = `this is a file that ${by} includes, and no manifest by itself: it has no identity_center`
  return {
    ...one,
    code: 'include-alone',
    message,
    hint: `run this with -f ${quoted(by)} instead, which is checked together with all that it includes`,
  }
}

function perhapsElsewhere(one: Finding): Finding {
  const hint = () => `${hintOf(one) ?? ''}; or check the manifest that includes this file, with -f`
  return { ...one, hint }
}
