/** What a chip and a board are, as data. */
package org.vzrig.boards;
