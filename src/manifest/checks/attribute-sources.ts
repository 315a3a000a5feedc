// biome-ignore-all lint/suspicious/noTemplateCurlyInString: sources of attributes look like that
import { documentedNames, isDocumentedSource, sourceOf } from '../../model/attribute-sources.ts'
import { asWarning, atValue, type Finding, meant, quote } from '../finding.ts'
import { at, entries, textAt } from '../view.ts'
import type { Check } from './check.ts'

/**
 * Where session tags come from. That AWS refuses a source it does not document is not documented either, so that is a warning; a
 * variable of the environment is an error, as wherever else it would not be filled in.
 */
export const checkAttributeSources: Check = (manifest) =>
  entries(at(manifest, section)).flatMap(([key]) => {
    const source = textAt(manifest, section, key)
    // The schema says what is wrong with an empty one.
    if (source === undefined || source === '' || isDocumentedSource(source)) return []
    const variable = variableIn(source)
    return [variable === undefined ? undocumented(key, source) : unfilled(key, variable)]
  })

const section = 'access_control_attributes'

// Attributes of Active Directory, such as ${samaccountname}, are in lower case.
function variableIn(source: string): string | undefined {
  return /\$\{(?:[A-Z0-9_]+|[A-Za-z0-9_]+:-[^}]*)\}/.exec(source)?.[0]
}

function unfilled(key: string, variable: string): Finding {
  const message = `${quote(variable)} looks like an environment variable, and none is filled in here: it would be sent to AWS as it is`
  return atValue(
    [section, key],
    'variable-here',
    message,
    'write the source itself, such as ${path:enterprise.costCenter}',
  )
}

function undocumented(key: string, source: string): Finding {
  const message = `${quote(source)} is no attribute that AWS documents, so sessions may never carry the tag ${quote(key)}`
  return asWarning(atValue([section, key], 'attribute-source', message, () => meantBy(source)))
}

const otherwise =
  'AWS documents ${path:userName}, ${path:title}, ${path:enterprise.costCenter} and others: IAM Identity Center User Guide, "Attribute mappings"'

function meantBy(source: string): string {
  const inside = source.trim().replace(/^\$\{(?:path:|user:)?|\}$/g, '')
  const tables = source.startsWith('${user:') ? (['user', 'path'] as const) : (['path', 'user'] as const)
  const [found] = tables.flatMap((table) => {
    const name = meant(inside, documentedNames[table])
    return name === undefined ? [] : [sourceOf(table, name)]
  })
  return found === undefined ? otherwise : `did you mean ${quote(found)}?`
}
