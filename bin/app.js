#!/usr/bin/env node
import '../lib/src/app.js';
