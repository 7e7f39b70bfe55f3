/** What a ruling rests on. `partly`: the numbers or the article were taken from a secondary source. */
export interface Rule {
  readonly text: string;
  readonly source: string;
  readonly verified: 'yes' | 'partly';
}

/** Rules of data class and jurisdiction, by the words that findings cite. Compared with their sources on 2026-11-21. */
export const RULES = {
  'private-only': {
    text: 'sensitive, important and core data stays on machines of one’s own; APIs are closed to it',
    source:
      'selection rule R6; Data Security Law (CN), art. 21 and 27; Personal Information Protection Law (CN), art. 38',
    verified: 'yes',
  },
  'sensitive-industry': {
    text: 'accounts at banks, medical records and the like are sensitive personal information',
    source: 'Personal Information Protection Law (CN), art. 28; GDPR, art. 9 for health; selection rule R6',
    verified: 'partly',
  },
  'important-data': {
    text: 'important and core data does not leave the country and goes to no cloud API',
    source: 'Data Security Law (CN, in force 2021-09-01), art. 21, 31 and 36',
    verified: 'partly',
  },
  'pipl-export': {
    text: 'personal information leaves China by security assessment, certification or standard contract only',
    source: 'Personal Information Protection Law (CN, in force 2021-11-01), art. 38 to 40',
    verified: 'yes',
  },
  'export-thresholds': {
    text: 'below 100,000 persons a year and nothing sensitive: exempt; up to 1 million, or below 10,000 sensitive: contract or certification; above: security assessment',
    source:
      'Provisions on promoting and regulating cross-border data flows (CN, 2024-03-22), counted since 1 January',
    verified: 'partly',
  },
  'gdpr-transfer': {
    text: 'personal data leaves the EU only with an adequacy decision, standard contractual clauses or binding corporate rules',
    source: 'GDPR, art. 44 to 49',
    verified: 'partly',
  },
  residency: {
    text: 'what data.residency says is a promise: every place of processing must be known and lie there',
    source: 'the selection; the provider’s own page for the region of a host',
    verified: 'yes',
  },
  fallback: {
    text: 'a target or a fallback carries only what it may carry: it must accept every data class of its route',
    source: 'selection rules R6 and R27: sensitive work stays private, only the rest goes to an API',
    verified: 'yes',
  },
  domestic: {
    text: 'where a closed model is chosen, a provider of the own country is preferred for compliance, latency and support',
    source: 'selection rule R20',
    verified: 'yes',
  },
  'team-gate': {
    text: 'an open model on machines of one’s own needs people who can run it',
    source: 'selection rule R4, pitfall 4',
    verified: 'yes',
  },
  'closed-private-budget': {
    text: 'a licensed model on machines of one’s own needs an ample budget for hardware and licence',
    source: 'selection rule R11',
    verified: 'yes',
  },
  'hybrid-team': {
    text: 'a hybrid joins a private and a cloud part: it needs people for the private one',
    source: 'selection rule R13',
    verified: 'yes',
  },
  'public-service-cn': {
    text: 'services that generate content for the public in China carry filing, labelling and content duties; services for one’s own staff do not',
    source: 'Interim Measures for generative AI services (CN, in force 2023-08-15), art. 2 and 17',
    verified: 'yes',
  },
} as const satisfies Readonly<Record<string, Rule>>;

export type RuleId = keyof typeof RULES;
