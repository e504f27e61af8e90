/** Why a guest left for root, and what root does about it. */
package org.vzrig.hypervisor.rt.exit;
