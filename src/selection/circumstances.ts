import * as z from 'zod';
import { mustBe } from '../catalog/issue-message.js';
import { PRODUCTS } from '../catalog/licence-terms.js';

const count = z.int().min(0);
const positive = z.int().min(1);

/** Who runs it. */
export const Organization = z.strictObject({
  size: z.enum(['sme', 'mid', 'large']).optional().describe('Size of the company.'),
  headcount: positive.optional().describe('People in the company.'),
  aiEngineers: count.optional().describe('Full-time AI engineers.'),
  opsEngineers: count.optional().describe('Full-time operations engineers.'),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, mustBe('a country code such as CN'))
    .optional()
    .describe('Principal place of business, ISO 3166 alpha-2.'),
  industry: z.string().min(1).optional().describe('Industry, e.g. manufacturing.'),
  regulated: z.boolean().optional().describe('True in regulated industries.'),
  monthlyActiveUsers: count
    .optional()
    .describe('Monthly active users of all products of the company and its affiliates.'),
  annualRevenueUsd: count.optional().describe('Revenue of twelve months, US dollars.'),
  monthlyRevenueUsd: count.optional().describe('Revenue of the best month, US dollars.'),
});

/** Grounds of Chinese law and of the GDPR. */
export const EXPORT_BASES = [
  'security-assessment',
  'standard-contract',
  'certification',
  'exempt',
  'adequacy',
  'binding-rules',
] as const;

export const DATA_CLASSES = ['public', 'internal', 'sensitive', 'important', 'core'] as const;
export type DataClass = (typeof DATA_CLASSES)[number];

/** What the requests carry. */
export const DataHandled = z.strictObject({
  classification: z.enum(DATA_CLASSES).optional().describe('Highest class of data in the requests.'),
  personalInformation: z.boolean().optional().describe('True where requests hold personal information.'),
  residency: z
    .string()
    .regex(/^[A-Z]{2}$/, mustBe('a country code such as CN, or EU'))
    .optional()
    .describe('Where the data must stay: a country code such as CN, or EU.'),
  exportBasis: z
    .enum(EXPORT_BASES)
    .optional()
    .describe('Legal ground on which personal information leaves the country, as counsel has confirmed it.'),
  exportedPersons: count.optional().describe('Persons whose information leaves the country in a year.'),
  exportedSensitivePersons: count.optional().describe('Those of them with sensitive information.'),
});

/** How it is used. */
export const Usage = z.strictObject({
  audience: z.enum(['internal', 'public-cn', 'public-other']).optional().describe('Who uses it.'),
  commercial: z
    .boolean()
    .optional()
    .describe(
      'False for research, teaching and what earns nothing. Default: true, use inside a company included.',
    ),
  product: z
    .enum(PRODUCTS)
    .optional()
    .describe(
      'What it is part of: a tool for your own staff, a feature of a product, an assistant for coding or office work, or access to the model itself.',
    ),
  trainsModels: z.boolean().optional().describe('True where answers train or improve other models.'),
  need: z.enum(['generic', 'exclusive', 'mixed']).optional().describe('Everyday tasks, or your own.'),
  concurrentUsers: positive.optional().describe('People who use it at the same time.'),
  callsPerMonth: count.optional().describe('Requests a month.'),
  inputTokens: positive.optional().describe('Tokens of a typical prompt.'),
  outputTokens: positive.optional().describe('Tokens of a typical answer.'),
  fluctuating: z.boolean().optional().describe('True where the load swings widely.'),
  needsFineTuning: z.boolean().optional().describe('True where the model must be fine-tuned.'),
  deadlineDays: positive.optional().describe('Days until it must run.'),
  edge: z.boolean().optional().describe('True where it runs at the edge.'),
  latencyStrict: z.boolean().optional().describe('True where latency is bounded strictly.'),
  needsFrontierQuality: z.boolean().optional().describe('True where only the best models will do.'),
  longTerm: z.boolean().optional().describe('True where it is to run for years.'),
});

/** What the supplier promises. */
export const Vendor = z.strictObject({
  responseHours: z.number().min(0).optional().describe('Longest time to a first answer, hours.'),
  uptime: z.number().min(0).optional().describe('Promised availability.'),
  exitClause: z.boolean().optional().describe('True where the contract says how to leave.'),
});

/** What it may cost. */
export const Budget = z.strictObject({
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, mustBe('a currency code such as CNY'))
    .describe('ISO 4217.'),
  upfront: z.number().min(0).optional().describe('Spent once.'),
  monthly: z.number().min(0).optional().describe('Spent each month.'),
});
