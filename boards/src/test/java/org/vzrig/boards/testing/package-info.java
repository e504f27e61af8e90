/** Helpers that the tests of all modules share. */
package org.vzrig.boards.testing;
