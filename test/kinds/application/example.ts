import type { Example } from '../contract/example.ts'

/** An application that exists lets in every user, and then only who is assigned. */
export const example: Example = {
  address: 'application/Grafana',
  given: true,
  applications: ['Grafana'],
  without: 'applications: { Grafana: {} }\n',
  with: 'applications: { Grafana: { assignment_required: false } }\n',
  changed: 'applications: { Grafana: { assignment_required: true } }\n',
  paths: ['assignment_required'],
  shows: ['only who is assigned may open it', 'whoever is not assigned to Grafana can no longer open it'],
  unnamed: 'applications: {}\n',
  ignore: 'applications: {}\nignore: { applications: [Grafana] }\n',
}
