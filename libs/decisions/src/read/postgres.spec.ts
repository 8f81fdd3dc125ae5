import { onPostgres } from '@app/read-store/testing';
import './agreements.spec.js';
import './proposals.spec.js';
import './rounds.spec.js';
import './waiting.spec.js';

onPostgres();
