import type { ConfigDocument, ConfigSection } from '../../local/aws-config/document.ts'
import { hiddenHeaders } from '../../local/aws-config/indented.ts'
import { isSectionName } from '../../local/aws-config/values.ts'
import { shellWords } from '../../local/aws-config/words.ts'

/** Headers that AWS tools do not read as they are meant, one sentence each. */
export function unreadHeaders(document: ConfigDocument): readonly string[] {
  const others = document.sections.flatMap((section) => (section.kind === 'other' ? unread(section) : []))
  const hidden = hiddenHeaders(document).map(({ index }) => {
    const header = document.lines[index]?.text.trim() ?? ''
    return `${header} on line ${index + 1}: it is indented, so the AWS CLI reads it as part of the line above; remove the indentation`
  })
  return [...others, ...hidden]
}

/** Headers that AWS tools know without a name. */
const known = new Set(['plugins', 'preview'])

function unread({ header, at }: ConfigSection): string[] {
  if (known.has(header)) return []
  if (header === 'DEFAULT')
    return [`[DEFAULT] on line ${at.line}: the AWS CLI adds its keys to every section, other AWS tools ignore them`]
  const meant = meantHeader(header)
  const hint = meant ? `; for a profile, write ${meant}` : ''
  return [`[${header}] on line ${at.line}: AWS tools do not treat it as a profile${hint}`]
}

/** The header that somebody who wrote `[dev]`, `[Profile dev]` or `[profile my dev]` means. */
function meantHeader(header: string): string | undefined {
  const words = shellWords(header)?.join(' ').trim().split(/\s+/) ?? []
  const [first = '', ...rest] = words
  const isWord = /^(profiles?|sso-sessions?)$/i.exec(first)?.[1]?.toLowerCase()
  const kind = isWord?.startsWith('sso') ? 'sso-session' : 'profile'
  const name = (isWord ? rest : words).join('-')
  if (!isSectionName(name)) return undefined
  return name.toLowerCase() === 'default' && kind === 'profile' ? '[default]' : `[${kind} ${name}]`
}
