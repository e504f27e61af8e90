/** The command line that scripts written for pic32prog find unchanged. */
package org.vzrig.flasher.pic32prog;
