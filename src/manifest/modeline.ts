import packageJson from '../../package.json' with { type: 'json' }

/**
 * Address of the manifest's JSON Schema in the public repository. A manifest is copied into dotfiles, where no path leads to the
 * schema of this package, so editors are given an address that holds anywhere.
 */
const schemaUrl = rawFile(packageJson.repository.url, 'schema/sso.schema.json')

/** First line of a manifest: editors with a YAML language server complete and check the file by it. */
export const modeline = `# yaml-language-server: $schema=${schemaUrl}`

/** Where GitHub serves a file of a repository's main branch as it is. `repository` is as in package.json. */
function rawFile(repository: string, path: string): string {
  const { pathname } = new URL(repository.replace(/^git\+/, ''))
  return `https://raw.githubusercontent.com${pathname.replace(/\.git$/, '')}/main/${path}`
}
