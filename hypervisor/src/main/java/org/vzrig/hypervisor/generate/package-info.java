/** The C tables that tinyVP's own sources are compiled with. */
package org.vzrig.hypervisor.generate;
