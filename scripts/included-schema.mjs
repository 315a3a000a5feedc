/** Sections of a manifest that a file which it includes may have, after the version. */
const sections = [
  ...['version', 'accounts', 'users', 'groups', 'permission_sets', 'assignments', 'applications', 'absent', 'ignore'],
]

/** The schema of an included file: part of that of a manifest, so that editors do not ask for what only the manifest has. Pure. */
export function includedSchema({ $schema, properties, definitions }) {
  const own = Object.fromEntries(sections.map((name) => [name, properties[name]]))
  const needed = new Set()
  for (let open = [own]; open.length > 0; ) {
    const names = [...JSON.stringify(open).matchAll(/"#\/definitions\/(\w+)"/g)].map(([, name]) => name)
    const fresh = [...new Set(names)].filter((name) => !needed.has(name))
    for (const name of fresh) needed.add(name)
    open = fresh.map((name) => definitions[name])
  }
  return {
    $schema,
    $id: 'urn:sso-reconcile:included:v1',
    $comment: 'Made from sso.schema.json by scripts/generate.mjs; edit that instead.',
    title: 'Included file',
    description: 'A part of a manifest, which the manifest names under include.',
    type: 'object',
    additionalProperties: false,
    required: ['version'],
    properties: own,
    definitions: Object.fromEntries(Object.entries(definitions).filter(([name]) => needed.has(name))),
  }
}
