import { shown } from '../text/shown.ts'
import { wrapped } from '../text/wrap.ts'
import { applicationResources } from './application.ts'
import { assignmentResources } from './assignment.ts'
import { attributeResources } from './attributes.ts'
import { delegateResources } from './delegated-administrator.ts'
import { groupResources, membershipResources } from './group.ts'
import { type Block, commentLines, hclText } from './hcl.ts'
import { leftOut } from './left-out.ts'
import { setResources } from './permission-set.ts'
import { referencesOf } from './references.ts'
import { blocksOf } from './resource.ts'
import type { Source } from './source.ts'
import { issuerResources } from './token-issuer.ts'
import { userResources } from './user.ts'

/** A configuration of Terraform, and how many things it takes over. */
export interface Configuration {
  readonly text: string
  readonly resources: number
}

/** Everything that the manifest declares and that exists, as it is live. Pure. */
export function configurationOf(source: Source): Configuration {
  const references = referencesOf(source)
  const resources = [
    ...userResources(source, references),
    ...groupResources(source, references),
    ...membershipResources(source, references),
    ...setResources(source, references),
    ...delegateResources(source),
    ...attributeResources(source),
    ...assignmentResources(source, references),
    ...applicationResources(source, references),
    ...issuerResources(source),
  ]
  const blocks = [...settings(source), references.locals(), ...resources.flatMap(blocksOf)]
  return { text: `${head(source)}\n\n${hclText(blocks)}`, resources: resources.length }
}

function head(source: Source): string {
  const left = leftOut(source).flatMap((text) => hanging(text))
  const lines = [
    `What ${shown(source.manifest.file)} declares and AWS has, for Terraform. Once it is applied, the import`,
    'blocks can be deleted. Where your configuration has a terraform or provider block, delete these.',
    ...(left.length > 0 ? ['', 'Not in here:', ...left] : []),
  ]
  return commentLines(lines).join('\n')
}

function hanging(text: string): readonly string[] {
  return wrapped(text, 96, 0).map((line, index) => `${index === 0 ? '- ' : '  '}${line}`)
}

/** Import blocks need Terraform 1.5; the resources are those of version 5 of the provider. */
function settings({ facts }: Source): Block[] {
  const aws = { source: 'hashicorp/aws', version: '~> 5.0' }
  return [
    {
      type: 'terraform',
      arguments: { required_version: '>= 1.5.0' },
      blocks: [{ type: 'required_providers', arguments: { aws } }],
    },
    { type: 'provider', labels: ['aws'], arguments: { region: facts.instance.region } },
  ]
}
